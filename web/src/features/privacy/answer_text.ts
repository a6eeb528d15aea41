import type { DeskRequestDetail, RequestKind } from '../../shared/api/types';
import type { Language } from '../../shared/i18n/language';

/** Where a template waits for words. */
const kGap = '…';

export function hasGaps(text: string): boolean {
  return text.includes(kGap);
}

const kLettersMin = 12;

/** The language by the letters, of those we speak; undefined when there are too few to tell. */
export function writtenIn(text: string): Language | undefined {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (cyrillic + latin < kLettersMin) return undefined;
  return cyrillic > latin ? 'ru' : 'en';
}

const kEveryKind: readonly RequestKind[] = [
  'information',
  'copy',
  'correction',
  'blocking',
  'stop',
  'erasure',
  'contest',
  'complaint',
];
const kAsked: readonly RequestKind[] = ['information', 'copy'];

/** What a ground speaks about; one that is not here may be meant for any kind. */
const kKindsOfGround = new Map<string, readonly RequestKind[]>([
  ['others_rights', kAsked],
  ['repeated_request', kAsked],
  ['limited_by_law', kAsked],
  ['other_legal_ground', ['blocking', 'stop', 'erasure', 'contest', 'complaint']],
  ['data_are_right', ['correction', 'blocking', 'erasure', 'contest', 'complaint']],
  ['not_processed_here', kEveryKind],
]);

/** The grounds of the country's law on which a request of this kind can be refused. */
export function groundsFor(
  kind: RequestKind,
  grounds: DeskRequestDetail['grounds'],
): DeskRequestDetail['grounds'] {
  return grounds.filter(({ name }) => kKindsOfGround.get(name)?.includes(kind) ?? true);
}
