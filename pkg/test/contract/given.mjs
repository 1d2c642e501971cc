export const today = "2025-02-28";
