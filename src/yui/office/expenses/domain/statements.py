"""見積り・変更・精算 as statements: asked for, approved, frozen."""
