"""What UiAutomator does on a phone: find nodes by selectors and act on them. Shared by the servers that drivers talk to."""
