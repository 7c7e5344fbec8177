"""Android as its shell shows it: how phones over adb and over Appium are looked at, acted on, read and written."""
