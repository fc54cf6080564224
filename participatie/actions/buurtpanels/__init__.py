"""Every write about buurtpanels: preparing, registering, drawing, and the work of its members."""
