"""Alipay and WeChat Pay takings, from the exports that owners send."""
