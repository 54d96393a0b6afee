package org.tongmai.routes.engine.bundle.deploy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A real database that is away or fails when the test says so, and tells when something was committed. */
final class CutDataSource {
    private final DataSource real;
    volatile boolean away;
    /** A statement that has this fails as no driver should; empty for none. */
    volatile String unforeseen = "";

    volatile Runnable afterCommit = () -> {};

    CutDataSource(DataSource real) {
        this.real = real;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, real);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    if (away && method.getName().equals("getConnection")) {
                        throw new SQLException("scripted", "08006");
                    }
                    if (!unforeseen.isEmpty()
                            && method.getName().equals("prepareStatement")
                            && values[0].toString().contains(unforeseen)) {
                        throw new IllegalStateException("scripted");
                    }
                    try {
                        Object answer = method.invoke(target, values);
                        if (method.getName().equals("commit")) {
                            afterCommit.run();
                        }
                        return answer instanceof Connection connection ? proxy(Connection.class, connection) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
