import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router-dom';
import { CardIcon, HomeIcon, PersonIcon, QrIcon } from '../shared/ui/icons';

const kPlaces = [
  { to: '/home', key: 'home', Icon: HomeIcon },
  { to: '/documents', key: 'documents', Icon: CardIcon },
  { to: '/digital-id', key: 'digital_id', Icon: QrIcon },
  { to: '/profile', key: 'profile', Icon: PersonIcon },
] as const;

export function Navigation() {
  const { t } = useTranslation();
  return (
    <nav className="navigation" aria-label={t('app.menu')}>
      <ul>
        {kPlaces.map(({ to, key, Icon }) => (
          <li key={key}>
            <NavLink to={to}>
              <Icon />
              <span>{t(`nav.${key}`)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
