"""Addresses of bewonersorganisaties that moderate."""
