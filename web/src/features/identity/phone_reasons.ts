/** Refusals that are about a number typed in. */
export const kPhoneReasons = {
  'phone.malformed': 'phone',
  'phone.not_mobile': 'phone',
  'phone.premium_rate': 'phone',
  'phone.region_not_served': 'phone',
} as const;
