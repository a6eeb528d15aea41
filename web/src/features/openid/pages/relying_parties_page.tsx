import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { useLanguage } from '../../../shared/i18n/language';
import { NeedsRole } from '../../../shared/session/needs_role';
import { ButtonLink } from '../../../shared/ui/button';
import { Chip } from '../../../shared/ui/chip';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useRelyingParties } from '../api/relying_parties';
import './openid_cards.css';

/** The registrar's desk: who lets people in with Beresta. */
export function RelyingPartiesPage() {
  return (
    <NeedsRole of="registrar">
      <Parties />
    </NeedsRole>
  );
}

function Parties() {
  const { t } = useTranslation();
  const language = useLanguage();
  const parties = useRelyingParties();
  const actions = <ButtonLink to="/desk/relying-parties/new">{t('desk.add')}</ButtonLink>;
  return (
    <Screen back="/profile" actions={parties.isSuccess ? actions : undefined} wide>
      <div className="screen__head">
        <PageTitle>{t('desk.title')}</PageTitle>
        <p className="screen__lead">{t('desk.lead')}</p>
      </div>
      <Loaded query={parties} blocks={[90, 90]}>
        {(list) => (
          <ul className="openid-cards">
            {list.relying_parties.map(({ client_id, registration, state }) => (
              <li key={client_id} className="openid-card">
                <h2>
                  <Link to={`/desk/relying-parties/${encodeURIComponent(client_id)}`}>
                    {language === 'en' ? registration.name_en : registration.name_ru}
                  </Link>{' '}
                  {state === 'disabled' && <Chip>{t('desk.disabled')}</Chip>}
                </h2>
                <p className="soft">
                  {language === 'en' ? registration.purpose_en : registration.purpose_ru}
                </p>
                <p className="soft small numeric">{client_id}</p>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Screen>
  );
}
