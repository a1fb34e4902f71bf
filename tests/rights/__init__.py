"""The rights of those who testified."""
