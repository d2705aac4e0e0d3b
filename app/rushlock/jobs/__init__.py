"""Run work elsewhere: in worker processes here; which device torch may use."""
