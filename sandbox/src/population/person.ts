// A person of the invented population and the documents the registries hold about them.
// Field names are those of the registries' answers.
import type { IsoDate } from './dates.js';
import type { FullName, Sex } from './names.js';

export interface Passport {
  readonly series: string;
  readonly number: string;
  readonly issue_date: IsoDate;
  readonly issued_by: string;
  readonly issue_id: string;
  readonly birth_place: string;
  /** Null from 45 on: the passport then holds for life. */
  readonly valid_until: IsoDate | null;
  readonly status: 'valid' | 'expired';
}

export interface DrivingLicence {
  readonly series: string;
  readonly number: string;
  readonly categories: readonly string[];
  readonly issue_date: IsoDate;
  readonly valid_until: IsoDate;
  readonly issued_by: string;
  readonly status: 'valid' | 'expired';
}

export interface OmsPolicy {
  readonly number: string;
  readonly insurer: string;
  readonly issue_date: IsoDate;
  readonly status: 'valid';
}

export interface TaxNumber {
  readonly inn: string;
  readonly issue_date: IsoDate;
  readonly status: 'valid';
}

export interface Statuses {
  readonly pensioner: boolean;
  readonly large_family: boolean;
  readonly disability: boolean;
  readonly student: boolean;
}

export interface Person {
  readonly index: number;
  /** Stable opaque identifier at the identity provider. */
  readonly sub: string;
  readonly name: FullName;
  readonly sex: Sex;
  readonly birth_date: IsoDate;
  /** Eleven digits. */
  readonly snils: string;
  readonly phone: string;
  /** The identity provider has verified who this is. */
  readonly trusted: boolean;
  readonly passport: Passport | null;
  readonly driving_licence: DrivingLicence | null;
  readonly oms: OmsPolicy | null;
  readonly tax: TaxNumber | null;
  readonly statuses: Statuses;
  /** Every registry is slow about this person. */
  readonly slow: boolean;
}
