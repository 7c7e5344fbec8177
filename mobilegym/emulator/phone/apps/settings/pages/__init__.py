"""The pages of Settings, one module per group. Each has `PAGES`: page id → description."""
