package org.tongmai.console.server.security;

import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** Remembers where somebody wanted to go before the login, but only pages: never a poll of a script. */
final class PageRequestCache extends HttpSessionRequestCache {
    PageRequestCache() {
        setRequestMatcher(SecurityAnswers::isPage);
        setMatchingRequestParameterName(null);
    }
}
