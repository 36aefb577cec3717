import type { Texts } from '../i18n/texts';
import type { AccentColours } from './accent';

/** What every page needs besides its own view model. */
export interface PageFrame {
  texts: Texts;
  tenant: {
    name: string;
    /** Address of the tenant home. */
    home: string;
    /** Same-origin path or data image; never another host (S-009). */
    logo?: string;
    accent: AccentColours;
  };
  assets: PageAssets;
  nonces: PageNonces;
}

/** Addresses of the served files. */
export interface PageAssets {
  stylesheet: string;
  script: string;
  mark: string;
  checkSession: string;
}

/** One-time values that the page's policy lets through; script and style never share one. */
export interface PageNonces {
  script: string;
  style: string;
}

/** Where a form goes and the anti-forgery value it carries. */
export interface FormTarget {
  action: string;
  csrf: string;
}

/** An app as a page names it. */
export interface AppLink {
  name: string;
  href: string;
}
