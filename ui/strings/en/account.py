"""Signing in and out, and what a role does not include."""

from __future__ import annotations

from typing import Final

SIGN_IN: Final = "Sign in"
SIGN_IN_HINT: Final = "This page is open to registered users only."
USER_NAME: Final = "User name"
PASSWORD: Final = "Password"
FORGOTTEN: Final = "No account, or password forgotten? Please ask your administrator."
SIGN_OUT: Final = "Sign out"
SIGNED_OUT: Final = "You have signed out."
SIGN_IN_FAILED: Final = "Wrong user name or password. Please try again, or ask your administrator for a new password."
SIGN_IN_TOO_OFTEN: Final = "Too many wrong passwords. Please try again in {minutes} minutes."
SIGN_IN_AGAIN: Final = "Your session has expired. Please sign in again."
SIGN_IN_ELSEWHERE: Final = "This did not come from our own sign-in page. Please open the page again."
OTHER_SESSION: Final = "This page belongs to another user. Please reload it."
SESSION_OVER: Final = "Your session has expired; what you typed is still here. "
SIGN_IN_ANEW: Final = "Sign in in a new window"
