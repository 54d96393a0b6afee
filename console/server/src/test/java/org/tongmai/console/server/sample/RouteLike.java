package org.tongmai.console.server.sample;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** Registers MBeans under the names Camel and others use, and counts what reaches them. */
public final class RouteLike implements RouteLikeMBean {
    private int stops;
    private int dumps;

    /** Puts one under the name; replaces an earlier one. */
    public static RouteLike register(String name) {
        try {
            var server = ManagementFactory.getPlatformMBeanServer();
            ObjectName objectName = new ObjectName(name);
            if (server.isRegistered(objectName)) {
                server.unregisterMBean(objectName);
            }
            RouteLike bean = new RouteLike();
            server.registerMBean(bean, objectName);
            return bean;
        } catch (JMException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public String getState() {
        return "Started";
    }

    @Override
    public String getSecret() {
        return "hidden";
    }

    @Override
    public void setSecret(String value) {
        stops++;
    }

    @Override
    public int getStops() {
        return stops;
    }

    @Override
    public void stop() {
        stops++;
    }

    @Override
    public void stop(long seconds) {
        stops++;
    }

    @Override
    public String dumpRouteAsXml() {
        dumps++;
        return "<route/>";
    }

    @Override
    public String browseAllMessagesAsXml(boolean includeBody) {
        return "<messages/>";
    }

    @Override
    public Object sendBody(String endpoint, Object body) {
        stops++;
        return null;
    }
}
