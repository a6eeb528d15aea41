import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import type { Edition } from '../../../shared/api/types';
import { seenEdition, useEdition } from '../../../shared/editions/edition';
import { EditionText } from '../../../shared/editions/edition_text';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { acceptRegistrationAgreement } from '../api/registration';

export function AgreementStep({ token }: { token: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const edition = useEdition('agreement');
  const accept = useMutation({
    mutationFn: (shown: Edition) => acceptRegistrationAgreement(token, seenEdition(shown)),
    onSuccess: () => void navigate('/register/consent'),
    // A newer edition may have come into force meanwhile: show that one.
    onError: () => void edition.refetch(),
  });
  const shown = edition.data;
  const actions = shown && (
    <div className="pair">
      <Button look="secondary" onClick={() => void navigate('/register')}>
        {t('agreement.refuse')}
      </Button>
      <Button pending={accept.isPending} onClick={() => accept.mutate(shown)}>
        {t('agreement.accept')}
      </Button>
    </div>
  );
  return (
    <Screen back="/register/password" header={t('agreement.header')} actions={actions}>
      <div className="screen__head">
        <PageTitle>{shown?.title ?? t('app.footer.agreement')}</PageTitle>
        <p className="screen__lead">{t('agreement.lead')}</p>
      </div>
      <Loaded query={edition} blocks={[400]}>
        {(data) => <EditionText edition={data} />}
      </Loaded>
      <ErrorNotice error={accept.error} />
    </Screen>
  );
}
