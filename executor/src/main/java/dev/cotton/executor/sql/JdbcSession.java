package dev.cotton.executor.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A session over a JDBC connection whose socket timeout is the limit. */
final class JdbcSession implements Session {
    private final Connection connection;
    private boolean usable = true;

    JdbcSession(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void execute(String sql, Object... arguments) {
        try (PreparedStatement statement = prepared(sql, arguments)) {
            statement.execute();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public List<Row> query(String sql, Object... arguments) {
        try (PreparedStatement statement = prepared(sql, arguments);
                ResultSet result = statement.executeQuery()) {
            ResultSetMetaData shape = result.getMetaData();
            List<Row> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result, shape));
            }
            return rows;
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private static Row row(ResultSet result, ResultSetMetaData shape) throws SQLException {
        Map<String, String> columns = new TreeMap<>();
        for (int i = 1; i <= shape.getColumnCount(); i++) {
            String value = result.getString(i);
            columns.put(shape.getColumnLabel(i), value == null ? "" : value);
        }
        return new Row(columns);
    }

    private PreparedStatement prepared(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    private SqlFailure failed(SQLException failure) {
        SqlFailure described = JdbcSessions.described(failure);
        usable = usable && described.code() != SqlFailure.NO_ANSWER;
        return described;
    }

    @Override
    public boolean usable() {
        return usable;
    }

    @Override
    public void close() {
        usable = false;
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            // Nothing is left to be closed.
        }
    }
}
