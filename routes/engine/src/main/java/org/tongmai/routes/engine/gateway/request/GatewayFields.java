package org.tongmai.routes.engine.gateway.request;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Header fields that only a gateway may say: of those that came with a call none is handed on, so none is screened. */
public final class GatewayFields {
    private static final List<String> STARTS = List.of(
            "x-tongmai-",
            "x-forwarded",
            "forwarded",
            "x-http-method",
            // Certificates of clients, by RFC 9440 (2.4: never from a client) and as nginx, Apache, Traefik, IIS and
            // AWS name them.
            "client-cert",
            "ssl-",
            "x-ssl-",
            "x-client-cert",
            "x-client-verify",
            "x-client-dn",
            "x-client-s-dn",
            "x-client-i-dn",
            "x-tls-client",
            "x-arr-",
            "x-amzn-mtls-",
            // Who is logged in, as proxies that log in say it.
            "remote-",
            "x-remote-",
            "x-authenticated-",
            "x-auth-request-",
            "x-webauth-",
            "x-amzn-oidc-",
            "x-goog-authenticated-",
            "x-goog-iap-",
            "x-ms-client-principal",
            // Addresses.
            "cf-connecting-ip",
            "x-envoy-external-address",
            "x-originating-ip");

    private static final Set<String> NAMES = Set.of(
            "x-method-override",
            "x-method",
            "x-host",
            "x-real-ip",
            "x-client-ip",
            "client-ip",
            "true-client-ip",
            "x-true-client-ip",
            "x-cluster-client-ip",
            "x-originating-ip",
            "x-remote-ip",
            "x-remote-addr",
            "cf-connecting-ip",
            "fastly-client-ip",
            // To programs behind CGI it is the setting HTTP_PROXY (httpoxy).
            "proxy",
            "x-original-url",
            "x-original-uri",
            "x-rewrite-url");

    /** By these a proxy that has asked who calls tells it to the service behind it. */
    private static final List<String> STARTS_OF_WHO =
            List.of("x-ssl-client", "ssl-client", "x-client-cert", "x-auth-request-");

    private static final Set<String> WHO = Set.of(
            "remote-user",
            "x-remote-user",
            "x-remote-groups",
            "auth-user",
            "x-auth-user",
            "x-authenticated-user",
            "x-authenticated-userid",
            "x-webauth-user",
            "x-user",
            "x-user-id",
            "x-userid",
            "x-username");

    private GatewayFields() {}

    /** @param plain as {@link #plain} gives it */
    public static boolean contain(String plain) {
        String read = asVariable(plain);
        return starts(read, STARTS) || NAMES.contains(read);
    }

    /**
     * Whether it says who calls, to services that ask nobody else: handed on only where the rule names it.
     *
     * @param plain as {@link #plain} gives it
     */
    public static boolean sayWho(String plain) {
        String read = asVariable(plain);
        return starts(read, STARTS_OF_WHO) || WHO.contains(read);
    }

    private static boolean starts(String name, List<String> starts) {
        for (String start : starts) {
            if (name.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** As servers of the kind of CGI make a variable of it: of whatever is no letter and no digit one and the same sign. */
    private static String asVariable(String plain) {
        char[] read = plain.toCharArray();
        for (int i = 0; i < read.length; i++) {
            char c = read[i];
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                read[i] = '-';
            }
        }
        return new String(read);
    }

    /** A name in small letters. Some servers read an underscore as a hyphen, so both are one here. */
    public static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
