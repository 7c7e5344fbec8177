"""Screens of apps that were installed from an APK: their code cannot run here, so each shows what it is."""
