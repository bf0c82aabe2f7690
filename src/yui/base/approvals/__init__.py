"""起案 → 確認 → 差戻し → 承認: one record for everything that needs a decision."""
