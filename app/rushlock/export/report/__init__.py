"""A report of one sync map as a single HTML file that needs nothing else: for reading, printing, mailing.

It holds no date and nothing else that changes from run to run, so the same sync map gives the same file.
Every text that came from outside (names, reasons) passes through ``markup.tag``; there is no script in it.
"""
