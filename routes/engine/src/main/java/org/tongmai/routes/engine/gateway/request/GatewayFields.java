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
            "x-cluster-client-ip",
            "fastly-client-ip",
            "true-client-ip",
            "x-original-url",
            "x-original-uri",
            "x-rewrite-url");

    private GatewayFields() {}

    /** @param plain as {@link #plain} gives it */
    public static boolean contain(String plain) {
        for (String start : STARTS) {
            if (plain.startsWith(start)) {
                return true;
            }
        }
        return NAMES.contains(plain);
    }

    /** A name in small letters. Some servers read an underscore as a hyphen, so both are one here. */
    public static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
