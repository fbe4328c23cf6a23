"""What the interop tests ask of Python: DeltaCAT's storage and compactor, and pyarrow's word on records."""
