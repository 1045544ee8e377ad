"""Printed documents: what each says, and the one renderer that sets it as PDF or as pictures of its pages."""
