"""HTTP and WebSocket, turned into calls on the rooms below. Thin: no rule about notebooks or kernels lives here."""
