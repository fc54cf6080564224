"""Which refusals are about what was sent, about too often, or about a server elsewhere?"""

from participatie.spelregels.verdicts import Refusal

#: Refusals that are about what was sent, and not about who may do it.
BAD_INPUT = frozenset(
    {
        Refusal.ADDRESS_TAKEN,
        Refusal.CODE_WRONG,
        Refusal.REASON_MISSING,
        Refusal.VOTING_CODE_WRONG,
        Refusal.KENMERK_UNKNOWN,
        Refusal.TOO_MANY_LETTERS,
        Refusal.PROXY_WITHOUT_CONSENT,
        Refusal.TOO_FEW_CHOICES,
        Refusal.TOO_MANY_CHOICES,
        Refusal.TOO_MANY_IN_CATEGORY,
        Refusal.OVER_BUDGET,
        Refusal.OVER_CATEGORY_BUDGET,
        Refusal.CHOICE_TWICE,
        Refusal.CHOICE_UNKNOWN,
        Refusal.CAST_KEY_WRONG,
        Refusal.PAPER_NOT_IN_TIME,
        Refusal.PAPER_CODE_WRONG,
        Refusal.STACK_NAME_TAKEN,
        Refusal.SHEET_UNKNOWN,
        Refusal.SHEETS_IN_USE,
        Refusal.TOTALS_DIFFER,
        Refusal.LINE_UNREADABLE,
        Refusal.TOO_FEW_IN_CATEGORY,
        Refusal.POINTS_WRONG,
        Refusal.TOO_MANY_POINTS,
        Refusal.TOO_MANY_POINTS_ON_PLAN,
        Refusal.PLACE_WRONG,
        Refusal.PLACE_TWICE,
        Refusal.RESIDENCE_CODE_WRONG,
        Refusal.LOGIN_FAILED,
        Refusal.DEVIATION_WITHOUT_GROUND,
        Refusal.ADVICE_UNANSWERED,
        Refusal.OPTION_TWICE,
        Refusal.POLL_IS_ADVICE,
        Refusal.AMOUNT_OVER_ALLOCATED,
        Refusal.PART_NOT_EARNED,
        Refusal.DAY_TO_COME,
        Refusal.GROUP_WITHOUT_WAY,
        Refusal.PHASES_OUT_OF_ORDER,
        Refusal.VOTE_NEEDS_MEEBESLISSEN,
        Refusal.RULEBOOK_CONTRADICTS,
        Refusal.RULES_SAY_OTHERWISE,
        Refusal.LEVEL_LOWER_UNEXPLAINED,
        Refusal.EXTENSION_NOT_LATER,
        Refusal.HOUSEHOLD_MISSING,
        Refusal.ORGANISATION_MISSING,
        Refusal.CONSENT_MISSING,
        Refusal.OVER_PLAN_CAP,
        Refusal.PLACE_OUTSIDE,
        Refusal.ALT_MISSING,
        Refusal.PHOTO_TOO_LARGE,
        Refusal.PHOTO_UNREADABLE,
        Refusal.SAME_LANGUAGE,
        Refusal.TRANSLATION_INCOMPLETE,
    }
)
TOO_MANY = frozenset(
    {
        Refusal.TOO_MANY_MAILS,
        Refusal.TOO_MANY_GUESSES,
        Refusal.TOO_MANY_WRONG_CODES,
        Refusal.TOO_MANY_RESIDENCE_TRIES,
    }
)
#: Somebody else's server did not answer.
DOWN = frozenset({Refusal.LOGIN_SERVICE_DOWN})
