"""Papers and pictures that are drawn from data: PDF and PNG by typst."""
