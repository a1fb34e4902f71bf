"""The pages of double coding: samples, blind desk, agreement, differences, exports."""
