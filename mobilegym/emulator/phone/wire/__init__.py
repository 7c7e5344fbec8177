"""The virtual phone on a socket: adbd, the emulator console, and the servers that test drivers install."""
