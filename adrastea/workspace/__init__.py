"""The folder around the notebooks. Nothing here leaves the workspace's root."""
