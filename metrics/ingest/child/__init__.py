"""What runs in the child process: foreign files in, plain lines of text out; nothing of the engine is loaded."""
