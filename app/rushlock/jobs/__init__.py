"""Run work elsewhere: in worker processes here (``pool.Pool``); which device torch may use (``devices``).

Decided at the start: jobs are handed their functions and import none of ours, so that this floor stays
low and a worker loads only what its job needs.
"""
