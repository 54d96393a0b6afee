package org.tongmai.routes.engine.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Districts and hospitals that a bundle with {@code "tenants": "each"} is deployed for, once each. A change runs their
 * instances anew with it; it is durable, and in the ledger of each instance, when its call returns.
 */
public interface Tenants {
    /**
     * The id of an instance: {@code <bundle>}, or {@code <bundle>.<tenant>}.
     *
     * @param tenant empty where the bundle is deployed once
     */
    static String instance(String bundle, String tenant) {
        return tenant.isEmpty() ? bundle : bundle + "." + tenant;
    }

    /** Every tenant by name, without secrets. */
    List<Tenant> all();

    Optional<Tenant> find(String name);

    /**
     * Makes a tenant or changes one: what is not said stays. Bundles that are deployed already come to a new tenant with
     * their next deployment.
     *
     * @throws org.tongmai.standards.error.CodedException {@link DeployError#TENANT_INVALID}, or whatever a bundle says of
     *     the new settings: then nothing is changed
     */
    Tenant put(String name, Change change, String by);

    /**
     * A tenant.
     *
     * @param name kebab-case; part of its instances' ids
     * @param title for people
     * @param settings values by key; they win over the platform's
     * @param secrets names of the settings whose values are sealed; the values are never shown again
     * @param limits what it may use
     * @param overlay names of its {@code *.map.yaml}
     */
    record Tenant(
            String name,
            String title,
            Map<String, String> settings,
            Set<String> secrets,
            Limits limits,
            Set<String> overlay) {}

    /**
     * What a tenant may use, in each of its instances on each node; 0 for as much as there is.
     *
     * @param messagesPerSecond received; more are refused for now, and their sender repeats
     * @param deliveriesAtOnce batches of all its destinations under way; more wait
     */
    record Limits(int messagesPerSecond, int deliveriesAtOnce) {
        public static final Limits NONE = new Limits(0, 0);
    }

    /**
     * What is to change; null for what stays.
     *
     * @param settings all of them
     * @param secrets to be set; those not named stay, an empty value removes one
     * @param overlay all of its {@code *.map.yaml}, text by name
     */
    record Change(
            String title,
            Map<String, String> settings,
            Map<String, String> secrets,
            Limits limits,
            Map<String, String> overlay) {}
}
