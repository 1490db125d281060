"""The record of past days, rebuilt."""
