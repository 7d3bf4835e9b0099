"""When a lead is contacted next, by its stage and temperature."""
