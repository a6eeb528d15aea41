import type { ReactNode } from 'react';

interface IconProps {
  size?: number;
}

function Icon({ size = 24, children }: IconProps & { children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export function MarkIcon({ size = 28 }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <rect width="28" height="28" rx="8" className="mark-ground" />
      <path
        d="M6.5 9h9M10.5 14h11M6.5 19h7"
        className="mark-strokes"
        strokeWidth="2.6"
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  );
}

export const BackIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M15 5l-7 7 7 7" />
  </Icon>
);
export const ForwardIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M9 5l7 7-7 7" />
  </Icon>
);
export const PhoneIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5 4h3.6l1.7 4.6-2.2 1.5a12 12 0 0 0 5.8 5.8l1.5-2.2L20 15.4V19a1.5 1.5 0 0 1-1.6 1.5A15.5 15.5 0 0 1 3.5 5.6 1.5 1.5 0 0 1 5 4z" />
  </Icon>
);
export const MessageIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 5h16v11H10l-4.5 4v-4H4z" />
  </Icon>
);
export const HomeIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 11l8-7 8 7v8.5H4z" />
  </Icon>
);
export const CardIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="3.5" y="5" width="17" height="14" rx="2.2" />
    <path d="M3.5 9.6h17M7 15h4" />
  </Icon>
);
export const QrIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4" />
    <rect x="8" y="8" width="3" height="3" fill="currentColor" strokeWidth="1" />
    <rect x="13.5" y="8" width="2.5" height="2.5" fill="currentColor" strokeWidth="1" />
    <rect x="8" y="13.5" width="2.5" height="2.5" fill="currentColor" strokeWidth="1" />
    <path d="M13.5 13.5h2.6v2.6" />
  </Icon>
);
export const PersonIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="8" r="3.8" />
    <path d="M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6" />
  </Icon>
);
export const ShieldIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 3.500l7.5 2.700v5.300c0 4.5-3 7.7-7.5 9.3-4.5-1.6-7.5-4.8-7.5-9.300V6.200z" />
    <path d="M8.8 12l2.2 2.3 4.2-4.4" />
  </Icon>
);
export const ClockIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5.200l3.4 2" />
  </Icon>
);
export const DevicesIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="3" y="4.5" width="13" height="10" rx="1.5" />
    <path d="M6 19h6" />
    <rect x="15.5" y="10" width="5.5" height="10" rx="1.4" className="icon-over" />
  </Icon>
);
export const CameraIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3.5 8h4l1.6-2.500h5.800L16.5 8h4v11h-17z" />
    <circle cx="12" cy="13.2" r="3.3" />
  </Icon>
);
export const PictureIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="3.5" y="5" width="17" height="14" rx="2" />
    <path d="M4 17l5-5 4 4 2.5-2.500L20 17" />
    <circle cx="15.5" cy="9.3" r="1.2" />
  </Icon>
);
export const TextIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5 7h14M5 12h14M5 17h8" />
  </Icon>
);
export const CheckIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5 12.500l4.7 4.700L19.5 7" />
  </Icon>
);
export const CrossIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6 6l12 12M18 6L6 18" />
  </Icon>
);
export const AlertIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 5.500v8.200M12 18.200v.2" strokeWidth="2.4" />
  </Icon>
);
export const LockIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="5" y="10.5" width="14" height="9.5" rx="2" />
    <path d="M8 10.500V8a4 4 0 0 1 8 0v2.5" />
  </Icon>
);
export const CopyIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="8.5" y="8.5" width="11" height="11" rx="2" />
    <path d="M15.5 8.500v-4h-11v11h4" />
  </Icon>
);
export const EyeIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2.5 12s3.5-6 9.5-6 9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6z" />
    <circle cx="12" cy="12" r="2.7" />
  </Icon>
);
export const PageIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6 3.500h8.500L18.5 8v12.500H6z" />
    <path d="M9 12h6.500M9 16h4.5" />
  </Icon>
);
