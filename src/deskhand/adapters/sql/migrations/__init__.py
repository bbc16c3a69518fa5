"""Every form that the database ever had, and the way to the newest."""
