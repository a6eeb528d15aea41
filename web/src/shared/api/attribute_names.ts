/** In the order a person expects to read them. */
export const kAttributeNames = [
  'family_name',
  'given_name',
  'middle_name',
  'birth_date',
  'birth_place',
  'sex',
  'phone',
  'mobile',
  'email',
  'snils',
  'inn',
  'id_document',
  'registration_address',
  'living_address',
  'organizations',
  'preferred_name',
] as const;
