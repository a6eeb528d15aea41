import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentKind, Edition } from '../../../shared/api/types';
import { seenEdition, useEdition } from '../../../shared/editions/edition';
import { EditionText } from '../../../shared/editions/edition_text';
import { Button, ButtonLink } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { grantConsent } from '../api/consents';
import './permission_screen.css';

const kKinds: DocumentKind[] = ['passport', 'driving_licence', 'snils', 'oms', 'inn'];

/** Asked once, before the first request to a registry: whom we ask and what we pass on. */
export function PermissionScreen({ onGranted }: { onGranted: () => void }) {
  const { t } = useTranslation();
  const [isRefused, setIsRefused] = useState(false);
  const edition = useEdition('registry-permission');
  const grant = useMutation({
    mutationFn: (shown: Edition) => grantConsent('registry_documents', seenEdition(shown)),
    onSuccess: onGranted,
    onError: () => void edition.refetch(),
  });
  if (isRefused) return <PermissionRefused onBack={() => setIsRefused(false)} />;
  const shown = edition.data;
  const actions = shown && (
    <div className="pair">
      <Button look="secondary" onClick={() => setIsRefused(true)}>
        {t('permission.refuse')}
      </Button>
      <Button pending={grant.isPending} onClick={() => grant.mutate(shown)}>
        {t('permission.give')}
      </Button>
    </div>
  );
  return (
    <Screen back="/home" header={t('documents.title')} actions={actions}>
      <div className="screen__head">
        <PageTitle>{t('permission.title')}</PageTitle>
        <p className="screen__lead">{t('permission.lead')}</p>
      </div>
      <section className="permission">
        <h2>{t('permission.asks')}</h2>
        <ul className="dashes">
          {kKinds.map((kind) => (
            <li key={kind}>
              {t(`documents.kind.${kind}`)}
              {': '}
              <span className="soft">{t(`documents.registry.${kind}`)}</span>
            </li>
          ))}
        </ul>
        <h2>{t('permission.passes')}</h2>
        <p>{t('permission.passesText')}</p>
      </section>
      <p>{t('permission.keeps')}</p>
      <details className="permission__text">
        <summary>{t('permission.text')}</summary>
        <Loaded query={edition} blocks={[300]}>
          {(data) => <EditionText edition={data} />}
        </Loaded>
      </details>
      <ErrorNotice error={grant.error} />
    </Screen>
  );
}

function PermissionRefused({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  return (
    <Screen back={onBack} actions={<ButtonLink to="/home">{t('error.toHome')}</ButtonLink>}>
      <PageTitle>{t('permission.refusedTitle')}</PageTitle>
      <p className="screen__lead">{t('permission.refusedText')}</p>
    </Screen>
  );
}
