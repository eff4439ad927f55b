"""Operations on arrays that several parts of the index share."""
