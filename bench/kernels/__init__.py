"""The same questions to kernels of many languages, through any Jupyter server, by REST and WebSocket."""
