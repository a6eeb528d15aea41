import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { Acceptance, Consent } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { ConfirmDialog } from '../../../shared/ui/confirm_dialog';
import { Loaded } from '../../../shared/ui/loaded';
import { useConsents, withdrawConsent } from '../api/consents';
import '../../../shared/ui/rows.css';
import './consents_section.css';

export function ConsentsSection() {
  const { t } = useTranslation();
  const consents = useConsents();
  return (
    <section className="stack-s">
      <h2>{t('consents.title')}</h2>
      <Loaded query={consents} blocks={[80, 80]}>
        {(list) => (
          <ul className="consents">
            {list.consents.map((one) => (
              <ConsentLine key={one.purpose} consent={one} />
            ))}
            {list.acceptances.map((one) => (
              <AcceptanceLine key={one.edition_kind + one.edition_number} acceptance={one} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function ConsentLine({ consent }: { consent: Consent }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [isAsking, setIsAsking] = useState(false);
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => withdrawConsent(consent.purpose),
    onSuccess: async () => {
      setIsAsking(false);
      await queries.invalidateQueries();
    },
  });
  const { purpose, state, edition_kind, edition_number } = consent;
  const moment = state === 'withdrawn' ? consent.withdrawn_at : consent.granted_at;
  const day = moment === undefined ? '' : formatDay(moment, language);
  return (
    <li>
      <span className="row__words">
        <span className="row__title">{t(`consents.purpose.${purpose}`)}</span>
        <span className="row__note">
          {t(`consents.state.${state}`, { day })}
          {edition_kind !== undefined && edition_number !== undefined && (
            <>
              {' · '}
              <Link to={`/editions/${edition_kind}/${edition_number}`}>
                {t('consents.edition', { number: edition_number })}
              </Link>
            </>
          )}
        </span>
      </span>
      {state === 'granted' && (
        <button type="button" className="link" onClick={() => setIsAsking(true)}>
          {t('consents.withdraw')}
        </button>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t('consents.withdrawTitle')}
          text={t(`consents.withdrawText.${purpose}`)}
          confirm={t('consents.withdraw')}
          pending={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </li>
  );
}

function AcceptanceLine({ acceptance }: { acceptance: Acceptance }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { edition_kind, edition_number, accepted_at, current } = acceptance;
  return (
    <li>
      <span className="row__words">
        <span className="row__title">{t(`consents.acceptance.${edition_kind}`)}</span>
        <span className="row__note">
          {t('consents.accepted', { day: formatDay(accepted_at, language) })}
          {' · '}
          <Link to={`/editions/${edition_kind}/${edition_number}`}>
            {t('consents.edition', { number: edition_number })}
          </Link>
          {!current && (
            <>
              {' · '}
              <Link to={`/editions/${edition_kind}`}>{t('consents.newer')}</Link>
            </>
          )}
        </span>
      </span>
    </li>
  );
}
