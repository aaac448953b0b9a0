// The page of `gan lab`.
