package org.tongmai.console.server.sample;

/** The members of Camel's route and endpoint MBeans that the roles are tested with. */
public interface RouteLikeMBean {
    String getState();

    String getSecret();

    void setSecret(String value);

    int getStops();

    void stop();

    void stop(long seconds);

    String dumpRouteAsXml();

    String browseAllMessagesAsXml(boolean includeBody);

    Object sendBody(String endpoint, Object body);
}
