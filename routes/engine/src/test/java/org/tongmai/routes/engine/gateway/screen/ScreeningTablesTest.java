package org.tongmai.routes.engine.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScreeningTablesTest {
    private static final String OURS = Screening.class.getPackageName();

    @Test
    void what_values_are_read_with_is_there_when_a_policy_is_compiled_and_not_at_the_first_call() throws Exception {
        Fresh fresh = new Fresh();
        Class<?> policy = fresh.loadClass(ScreeningPolicy.class.getName());
        fresh.loadClass(Screening.class.getName())
                .getMethod("of", policy)
                .invoke(null, policy.getField("STRICT").get(null));

        assertThat(fresh.loaded).contains(OURS + ".internal.value.LookAlikes");
        assertThat(fresh.tables).contains("character-references.csv", "sql-first-words.csv", "headers.csv");
    }

    /** Loads the screening anew, and sees what of it is needed when. */
    private static final class Fresh extends ClassLoader {
        final Set<String> loaded = new HashSet<>();
        final Set<String> tables = new HashSet<>();

        Fresh() {
            super(Screening.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null || !name.startsWith(OURS)) {
                    return known != null ? known : super.loadClass(name, resolve);
                }
                loaded.add(name);
                byte[] bytes = bytes(name.replace('.', '/') + ".class");
                return defineClass(name, bytes, 0, bytes.length);
            }
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            tables.add(name.substring(name.lastIndexOf('/') + 1));
            return super.getResourceAsStream(name);
        }

        private byte[] bytes(String file) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(file)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new ClassNotFoundException(file, e);
            }
        }
    }
}
