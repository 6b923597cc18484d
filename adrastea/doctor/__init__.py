"""`adrastea doctor`: what is found on this machine, what is missing, how to mend it. It looks and changes nothing."""
