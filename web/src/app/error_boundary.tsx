import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router-dom';
import { Button } from '../shared/ui/button';
import { PageTitle } from '../shared/ui/page_title';
import { Screen } from '../shared/ui/screen';

interface BoundaryProps {
  place: string;
  children: ReactNode;
}

class Boundary extends Component<BoundaryProps, { brokenAt: string | null }> {
  override state: { brokenAt: string | null } = { brokenAt: null };

  static getDerivedStateFromError(): { brokenAt: string } {
    return { brokenAt: '' };
  }

  override componentDidUpdate(before: BoundaryProps) {
    if (before.place !== this.props.place && this.state.brokenAt !== null) {
      this.setState({ brokenAt: null });
    }
  }

  override render() {
    return this.state.brokenAt === null ? this.props.children : <BrokenPage />;
  }
}

function BrokenPage() {
  const { t } = useTranslation();
  const reload = () => window.location.reload();
  return (
    <Screen actions={<Button onClick={reload}>{t('error.reload')}</Button>}>
      <PageTitle>{t('error.pageTitle')}</PageTitle>
      <p className="screen__lead">{t('error.pageText')}</p>
    </Screen>
  );
}

/** A page that breaks says so; the header and the other pages go on working. */
export function ErrorBoundary({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return <Boundary place={pathname}>{children}</Boundary>;
}
