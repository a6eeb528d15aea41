import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useObjectUrl } from '../../../shared/ui/use_object_url';
import { getCheckedPortrait } from '../api/verify';

interface CheckedPortraitProps {
  text: string;
  expected: Uint8Array;
}

/** The portrait the issuer signed, and no other; gone with the screen. */
export function CheckedPortrait({ text, expected }: CheckedPortraitProps) {
  const { t } = useTranslation();
  const portrait = useQuery({
    queryKey: ['checked', 'portrait', text],
    queryFn: async () => (await getCheckedPortrait(text, expected)) ?? null,
    retry: false,
    gcTime: 0,
    staleTime: Infinity,
  });
  const url = useObjectUrl(portrait.data ?? undefined);
  if (url !== undefined) {
    return (
      <img
        className="verdict__portrait"
        src={url}
        alt={t('check.portraitAlt')}
        width="150"
        height="200"
      />
    );
  }
  if (portrait.data === null) return <p role="alert">{t('check.portraitBad')}</p>;
  return (
    <p className="soft verdict__portrait-words" role="status">
      {t(portrait.isPending ? 'check.portraitWait' : 'check.portraitOffline')}
    </p>
  );
}
