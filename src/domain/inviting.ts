/** The limits of inviting. */

export const INVITEES_A_PAGE = 30;

/** At once: each is one Slack call and one sentence for the customer. */
export const INVITED_MAX = 30;
