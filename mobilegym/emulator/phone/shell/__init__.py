"""What `adb shell` runs: a small sh and Android's commands, on a virtual phone."""
