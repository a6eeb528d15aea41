import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router-dom';
import { ConsentText } from '../../../shared/editions/consent_text';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useConsentDocument } from '../api/consents';

/** The text by which a consent to a party was given, as it was. */
export function ConsentDocumentPage() {
  const { t } = useTranslation();
  const { sha256 = '' } = useParams();
  const document = useConsentDocument(sha256);
  return (
    <Screen back="/consents" header={t('myConsents.title')}>
      <PageTitle>{t('myConsents.documentTitle')}</PageTitle>
      <Loaded query={document} blocks={[400]}>
        {(shown) => <ConsentText document={shown} />}
      </Loaded>
    </Screen>
  );
}
